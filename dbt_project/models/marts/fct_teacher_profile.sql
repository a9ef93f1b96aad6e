{% set items = {
    'training': ('teachers.training_hours_5y >= teachers.training_target', 'training_share_target'),
    'certificate': ('teachers.has_certificate', 'certificate_share_target'),
    'outside_subject': ('subjects.is_outside_subject', none),
} %}

with

teachers as (
    select
        counted.*,
        sites.counted_code,
        {{ parameter('training_hours_target', row='counted') }} as training_target,
        {{ age_on('counted.birth_month', 'make_date(counted.school_year, 9, 1)') }} as age
    from {{ ref('int_teachers_counted') }} as counted
    inner join {{ ref('int_sites_placed') }} as sites
        on counted.school_year = sites.school_year and counted.school_code = sites.school_code
    where counted.is_counted
        and counted.stage in ('primary', 'junior')
        and counted.place = {{ parameter('exchanged_teacher_counts_at', 'text_value', row='counted') }}
    qualify row_number() over (
            partition by counted.school_year, counted.teacher_key
            order by counted.joined_month desc nulls last, counted.school_code asc
        ) = 1
),

subjects as (
    select * from {{ ref('int_subjects_compared') }}
),

bands as (
    select * from {{ ref('age_bands') }}
),

answered as (
    {% for item, (holds, target) in items.items() %}
    select
        teachers.school_year,
        teachers.counted_code,
        teachers.stage,
        'item' as item_kind,
        '{{ item }}' as item_code,
        {{ holds }} as holds,
        {{ parameter(target, row='teachers') if target else 'cast(null as double)' }} as target
    from teachers
    left join subjects on teachers.school_year = subjects.school_year and teachers.teacher_key = subjects.teacher_key
    union all
    {% endfor %}
    select
        teachers.school_year,
        teachers.counted_code,
        teachers.stage,
        'age_band' as item_kind,
        bands.age_band as item_code,
        teachers.age between bands.from_age and bands.to_age as holds,
        null as target
    from teachers
    cross join bands
),

scoped as (
    select
        *,
        unnest(['county', 'county', 'school', 'school']) as scope,
        unnest(['county', 'county', counted_code, counted_code]) as scope_code,
        unnest([stage, 'all', stage, 'all']) as stage_shown
    from answered
),

counted as (
    select
        school_year,
        scope,
        scope_code,
        stage_shown as stage,
        item_kind,
        item_code,
        count(*) as teachers,
        count(case when holds then 1 end) as numerator,
        count(holds) as denominator,
        count(*) - count(holds) as unknown_count,
        max(target) as target
    from scoped
    group by school_year, scope, scope_code, stage_shown, item_kind, item_code
),

final as (
    select
        school_year,
        scope,
        scope_code,
        stage,
        item_kind,
        item_code,
        cast(teachers as integer) as teachers,
        case when denominator > 0 then cast(numerator as integer) end as numerator,
        cast(denominator as integer) as denominator,
        cast(unknown_count as integer) as unknown_count,
        numerator / nullif(denominator, 0) as share,
        target,
        case when denominator > 0 then cast(denominator - numerator as integer) end as short,
        case
            when target is null then 'not_tested'
            else {{ judged_share('numerator', 'teachers', 'target', unknown_part='unknown_count') }}
        end as status
    from counted
)

select * from final
