{# G4: pupils of a school's compulsory stages; G5: pupils of a class, a row a class or a list that lacks some. #}

with

placed as (
    select * from {{ ref('int_item_schools_placed') }}
),

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

schools as (
    select
        school_year,
        school_code,
        scope_rule,
        sum(students) as students,
        bool_and(students is not null) as has_all,
        case when count(distinct stage) = 2 then 'pupils_combined' else 'pupils' end as limit_code
    from placed
    where is_needed
    group by school_year, school_code, scope_rule
),

granted as (
    {{ granted_limits('G4') }}
),

sized as (
    select
        items.standard_code,
        schools.*,
        greatest(limits.value, coalesce(granted.value, 0)) as target
    from schools
    {{ leaves_in('G4', 'schools') }}
    inner join limits
        on items.school_year = limits.school_year
            and items.standard_code = limits.standard_code
            and items.item_code = limits.item_code
            and schools.limit_code = limits.limit_code
            and limits.exception_code is null
    left join granted
        on schools.school_year = granted.school_year
            and schools.school_code = granted.school_code
            and schools.limit_code = granted.limit_code
            and items.standard_code = granted.standard_code
),

classes as (
    select
        rolls.*,
        sites.counted_code,
        coalesce(parents.scope_rule, '') as scope_rule
    from {{ ref('int_rolls_current') }} as rolls
    inner join {{ ref('int_sites_placed') }} as sites
        on rolls.school_year = sites.school_year and rolls.school_code = sites.school_code
    left join {{ ref('int_sites_placed') }} as parents
        on sites.school_year = parents.school_year and sites.counted_code = parents.school_code
    where rolls.dataset = 'classes' and rolls.stage in ('primary', 'junior')
),

judged as (
    select
        standard_code,
        school_year,
        'G4' as item_code,
        school_code,
        '' as stage,
        '' as subject_key,
        '' as subject_zh,
        '' as subject_en,
        case when has_all or students > target then students end as value,
        target,
        has_all
    from sized
    union all by name
    select
        items.standard_code,
        classes.school_year,
        'G5' as item_code,
        classes.counted_code as school_code,
        classes.stage,
        concat_ws('|', classes.school_code, classes.grade, classes.roll_name) as subject_key,
        concat(classes.grade, '年级', classes.roll_name) as subject_zh,
        concat('Grade ', classes.grade, ', ', classes.roll_name) as subject_en,
        classes.amount as value,
        limits.value as target,
        classes.amount is not null as has_all,
        classes.import_id,
        classes.file_name,
        classes.sheet_name,
        classes.source_row
    from classes
    {{ leaves_in('G5', 'classes') }}
    inner join limits on {{ limit_of('limits', 'class_pupils', stage='classes.stage') }}
    union all by name
    select
        items.standard_code,
        placed.school_year,
        'G5' as item_code,
        placed.school_code,
        placed.stage,
        concat_ws('|', placed.site_code, 'unlisted') as subject_key,
        '' as subject_zh,
        '' as subject_en,
        limits.value as target,
        false as has_all
    from placed
    {{ leaves_in('G5', 'placed') }}
    inner join limits on {{ limit_of('limits', 'class_pupils', stage='placed.stage') }}
    where placed.listed_classes is null or placed.listed_classes < placed.declared_classes
),

final as (
    select
        * exclude (has_all),
        'count' as value_kind,
        value as numerator,
        target - value as margin,
        greatest(value - target, 0) as shortfall,
        case when {{ within('value', 'target') }} then target - value end as slack,
        case
            when value is null then 'missing'
            when not ({{ within('value', 'target') }}) then 'not_met'
            when has_all then 'met'
            else 'missing'
        end as status
    from judged
)

select * from final
