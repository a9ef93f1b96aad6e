with

rolls as (
    select * from {{ ref('int_rolls_current') }}
    where dataset = 'classes'
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

final as (
    select
        rolls.school_year,
        sites.counted_code as school_code,
        rolls.stage,
        rolls.grade,
        case when bool_and(rolls.amount is not null) then sum(rolls.amount) end as students,
        cast(count(*) as integer) as class_count
    from rolls
    inner join sites on rolls.school_year = sites.school_year and rolls.school_code = sites.school_code
    where rolls.grade is not null and rolls.stage is not null
    group by rolls.school_year, sites.counted_code, rolls.stage, rolls.grade
)

select * from final
