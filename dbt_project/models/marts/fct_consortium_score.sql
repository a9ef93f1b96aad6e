with

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

components as (
    select * from {{ ref('consortium_components') }}
),

counted as (
    select * from {{ ref('int_consortium_components_scored') }}
),

judged as (
    select
        consortium_code,
        school_year,
        'all' as school_code
    from members
    union
    select
        consortium_code,
        school_year,
        school_code
    from members
),

scored as (
    select
        judged.consortium_code,
        judged.school_year,
        judged.school_code,
        components.component,
        components.weight,
        components.sort_order,
        components.note_zh,
        components.note_en,
        counted.points,
        counted.compared,
        100 * counted.points / nullif(counted.compared, 0) as score
    from judged
    cross join components
    left join counted using (consortium_code, school_year, school_code, component)
),

final as (
    select
        consortium_code,
        school_year,
        component,
        school_code,
        weight,
        score,
        case
            when score is null then note_zh || '：没有数据，不计分'
            else format('{}：{} ÷ {}', note_zh, {{ figure_text('points') }}, {{ figure_text('compared') }})
        end as basis,
        case
            when score is null then note_en || ': no data, not scored'
            else format('{}: {} ÷ {}', note_en, {{ figure_text('points') }}, {{ figure_text('compared') }})
        end as basis_en,
        points,
        compared,
        sum(case when score is not null then weight end) over whole as weight_scored,
        sum(weight) over whole as weight_all,
        sum(score * weight) over whole / nullif(sum(case when score is not null then weight end) over whole, 0)
            as total_score,
        cast(sort_order as integer) as sort_order
    from scored
    window whole as (partition by consortium_code, school_year, school_code)
)

select * from final
